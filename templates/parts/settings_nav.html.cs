<?cs # The sections of Settings, in this order. The rail and the short menu both show it. ?>
<li><?cs call:setting("general", _("General")) ?></li>
<li><?cs call:setting("helpdesk", _("Manage Help Desk")) ?></li>
<li><?cs call:setting("presets", _("Presets")) ?></li>
<li><?cs call:setting("staff", _("Team and roles")) ?></li>
<li><?cs call:setting("mail", _("Mail")) ?></li>
<li><?cs call:setting("mailboxes", _("Mailboxes")) ?></li>
<li><?cs call:setting("log", _("Log of changes")) ?></li>
