/* Reports another error for text that begins with no digit. */
#define OTHER_ERROR
#include "../guest.h"
