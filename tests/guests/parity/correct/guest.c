/* Does what its contract says. */
#include "../guest.h"
