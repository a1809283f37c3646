#ifndef PANEL_ROUTES_H
#define PANEL_ROUTES_H

#include "web/req.h"

extern const struct route panel_routes[];

/* signin.c */
page_fn panel_signin_ask, panel_signin_enter, panel_signin_leave;
page_fn panel_signin_forgot, panel_signin_remind;
page_fn panel_signin_key, panel_signin_choose;
/* profile.c */
page_fn panel_profile_show, panel_profile_save, panel_profile_password;

#endif
