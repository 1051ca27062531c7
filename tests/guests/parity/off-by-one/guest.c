/* Overlooks the last of more than three numbers. */
#define OFF_BY_ONE
#include "../guest.h"
