/* Forgets a tally's value when it is added to again. */
#define FORGETFUL
#include "../guest.h"
