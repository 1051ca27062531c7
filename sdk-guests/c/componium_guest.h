/* What a Componium plugin written in C needs besides the bindings of its contract. Header only.
 *
 * Ownership in one paragraph: the bindings give a function its arguments to free, and free what it returns, each string
 * and list with free() where its length is not zero. So an empty string or list must own no memory, which is what the
 * builders here make sure of.
 *
 * Out of memory is the end of a call: the builders trap, the application learns of it, and no plugin needs code for a
 * case that it cannot answer anyway. Everything that these functions return is therefore usable without a check.
 */
#ifndef COMPONIUM_GUEST_H
#define COMPONIUM_GUEST_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Ends the call with an error: a trap, after which the application lets the instance go. A native plugin's error has the
 * message; in WebAssembly nobody sees it. */
#ifdef COMPONIUM_NATIVE
_Noreturn void componium_fail(const char *message);
#define componium_trap(message) componium_fail(message)
#else
#define componium_trap(message) __builtin_trap()
#endif

/* Resizes a block from malloc(), or makes one of NULL, to hold `count` elements of `size` bytes, both above zero. */
static inline void *componium_resize(void *block, size_t count, size_t size) {
    if (count > SIZE_MAX / size) componium_trap("out of memory");
    void *resized = realloc(block, count * size);
    if (resized == NULL) componium_trap("out of memory");
    return resized;
}

/* Text that grows at its end. Start with {0}; give it away with COMPONIUM_STRING() or free `ptr`. */
struct componium_text {
    uint8_t *ptr;
    size_t len;
    size_t capacity;
};

/* Makes room for `length` more bytes. */
static inline void componium_text_reserve(struct componium_text *text, size_t length) {
    if (length <= text->capacity - text->len) return;
    if (length > SIZE_MAX / 2 - text->capacity) componium_trap("out of memory");
    text->capacity = text->capacity * 2 > text->len + length ? text->capacity * 2 : text->len + length;
    text->ptr = componium_resize(text->ptr, text->capacity, 1);
}

/* Appends bytes, which must be UTF-8 once the text is complete. */
static inline void componium_text_append(struct componium_text *text, const void *bytes, size_t length) {
    if (length == 0) return;
    componium_text_reserve(text, length);
    memcpy(text->ptr + text->len, bytes, length);
    text->len += length;
}

/* Appends what printf() would print. Strings with a length print as "%.*s", unless they may contain a zero byte, at which
 * printf() stops: append those. */
__attribute__((format(printf, 2, 3)))
static inline void componium_text_print(struct componium_text *text, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0) componium_trap("a format that cannot be printed");
    if (length == 0) return;
    componium_text_reserve(text, (size_t)length + 1);
    va_start(arguments, format);
    vsnprintf((char *)text->ptr + text->len, (size_t)length + 1, format, arguments);
    va_end(arguments);
    text->len += (size_t)length;
}

/* A copy of a C string as text. */
static inline struct componium_text componium_text_of(const char *string) {
    struct componium_text text = {0};
    componium_text_append(&text, string, strlen(string));
    return text;
}

/* Gives the memory of a text to a string of the bindings: item.name = COMPONIUM_STRING(plugin_string_t, text); */
#define COMPONIUM_STRING(type, text) ((type){.ptr = (text).ptr, .len = (text).len})

/* Appends a zeroed element to a list of the bindings, {0} at first, and is the element's address, valid until the next
 * append: item_t *item = COMPONIUM_APPEND(list); */
#define COMPONIUM_APPEND(list) \
    ((list)->ptr = componium_list_grow((list)->ptr, (list)->len, sizeof *(list)->ptr), &(list)->ptr[(list)->len++])

/* Makes room for an element after the first `length` ones and zeroes it. Bindings' lists have no capacity, so it follows
 * from the length: the next power of two. */
static inline void *componium_list_grow(void *elements, size_t length, size_t size) {
    if ((length & (length - 1)) == 0) {
        if (length > SIZE_MAX / 2) componium_trap("out of memory");
        elements = componium_resize(elements, length == 0 ? 1 : length * 2, size);
    }
    memset((uint8_t *)elements + length * size, 0, size);
    return elements;
}

/* The bytes of the UTF-8 character that starts with the byte `first`. */
static inline size_t componium_character_size(uint8_t first) {
    if (first < 0x80) return 1;
    if (first < 0xE0) return 2;
    return first < 0xF0 ? 3 : 4;
}

#endif
