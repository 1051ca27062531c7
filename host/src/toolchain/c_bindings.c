#include <stdint.h>
#include <stdlib.h>

_Noreturn void componium_fail(const char *message);
void *componium_representation(int32_t number);

static inline void *componium_same(void *pointer) {
  return pointer;
}

// A borrowed resource of the plugin: a pointer where the glue has looked it up, as for `self`, else its number.
#define componium_lift(value) _Generic((value), uint8_t *: componium_same, int32_t: componium_representation)(value)

// A list of pointers, in place of the list of numbers.
__attribute__((__unused__))
static void *componium_lift_list(uint8_t *numbers, size_t length) {
  if (length == 0) return numbers;
  void **pointers = length > SIZE_MAX / sizeof(void *) ? NULL : malloc(length * sizeof(void *));
  if (!pointers) componium_fail("out of memory");
  for (size_t i = 0; i < length; i++) {
    pointers[i] = componium_representation(((int32_t *) numbers)[i]);
  }
  free(numbers);
  return pointers;
}
