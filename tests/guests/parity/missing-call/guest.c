/* Does not note words without a character. */
#define MISSING_CALL
#include "../guest.h"
