#ifndef CONFIG_ROUTES_H
#define CONFIG_ROUTES_H

#include "web/req.h"

extern const struct route config_routes[];

/* helpdesk.c */
page_fn config_helpdesk_show, config_helpdesk_save;
/* entry.c */
page_fn config_type_show, config_type_save;
page_fn config_status_show, config_status_save;
page_fn config_priority_show, config_priority_save;
/* preset.c */
page_fn config_preset_show, config_preset_change, config_preset_rules;
/* staff.c */
page_fn config_staff_list, config_staff_show, config_staff_save;
/* general.c */
page_fn config_general_show, config_general_save;
/* mail.c */
page_fn config_mail_show, config_mail_save;
/* mail_loop.c */
page_fn config_mail_loop_show, config_mail_loop_act;
/* mailbox.c */
page_fn config_mailbox_list, config_mailbox_show, config_mailbox_save;
page_fn config_mailbox_test_show, config_mailbox_test;
/* log.c */
page_fn config_log_show;

#endif
