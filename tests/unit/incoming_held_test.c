#include "incoming.h"
