<?cs include!"parts/show.html.cs" ?>
<?cs with:u = Upload ?><?cs include!"parts/upload_row.html.cs" ?><?cs /with ?>
