<!doctype html>
<html lang="<?cs var:Lang ?>" dir="<?cs var:Dir ?>">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title><?cs var:Mail.title ?></title>
<style>
body { margin: 0; padding: 24px 16px; background: #f7f5f0; color: #1e2521; font: 16px/1.5 system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
.sheet { max-width: 560px; margin: 0 auto; padding: 24px; background: #ffffff; border: 1px solid #e3dfd5; border-radius: 10px; }
.shop { margin: 0 0 20px; font-size: 18px; font-weight: 600; }
h1 { margin: 0 0 4px; font-size: 20px; line-height: 1.3; }
.by, .foot, dt { color: #59605a; font-size: 14px; }
.by { margin: 0 0 16px; }
.text { padding-left: 16px; border-left: 3px solid #0d5c4b; }
.text p { margin: 0 0 12px; }
.text img { max-width: 100%; height: auto; }
.sign, .mark { color: #59605a; font-size: 14px; }
.mark { overflow-wrap: anywhere; }
.go { display: inline-block; margin: 8px 0 20px; padding: 12px 20px; border-radius: 6px; background: #0d5c4b; color: #ffffff; font-weight: 600; text-decoration: none; }
dl { margin: 0; padding: 16px 0 0; border-top: 2px dashed #e3dfd5; }
dt { margin: 0; }
dd { margin: 0 0 8px; }
a { color: #0d5c4b; }
.foot { max-width: 560px; margin: 16px auto 0; }
@media (min-width: 30em) { dt { float: left; clear: left; width: 8.5em; } dd { margin-left: 9em; } }
@media (prefers-color-scheme: dark) {
  body { background: #141713; color: #ebebe3; }
  .sheet { background: #1c201b; border-color: #323830; }
  .by, .foot, dt, .sign, .mark { color: #a8aea4; }
  .text { border-color: #7fd0b4; }
  .go { background: #7fd0b4; color: #07221a; }
  dl { border-color: #323830; }
  a { color: #7fd0b4; }
}
</style>
</head>
<body>
<main class="sheet">
<p class="shop"><?cs var:Fact.shop_name ?></p>
<h1 dir="auto"><?cs var:Mail.title ?></h1>
<p class="by"><?cs var:Mail.line ?></p>
