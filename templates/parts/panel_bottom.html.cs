<div hidden data-key-words data-title="<?cs var:_("Keys") ?>" data-close="<?cs var:_("Close") ?>" data-list="<?cs var:_("j=Next row|k=Previous row|o=Open the row|x=Choose the row|u=Back to the list|[=Previous|]=Next|r=Reply|n=Note|/=Search|Ctrl+Enter=Send|?=This list") ?>"></div>
</body>
</html>
