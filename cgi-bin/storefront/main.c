/* storefront - the customer's orders and requests, and every way in. */
#include "storefront/routes.h"
#include "web/program.h"

int main(int argc, char **argv)
{
	return program_run("storefront", AUDIENCE_CUSTOMERS, storefront_routes,
			   argc, argv);
}
