/* The glue between a native plugin and its host, as native.h has it. What depends on the world follows below. */
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#if defined(_WIN32)
#define COMPONIUM_SHOWN __declspec(dllexport)
#define COMPONIUM_SECTION ".cmpnium"
#elif defined(__APPLE__)
#define COMPONIUM_SHOWN __attribute__((visibility("default")))
#define COMPONIUM_SECTION "__DATA,__componium"
#else
#define COMPONIUM_SHOWN __attribute__((visibility("default")))
#define COMPONIUM_SECTION ".componium"
#endif

#if defined(__APPLE__)
/* Those without underscore save the signal mask too, by a call of the system. */
#define setjmp _setjmp
#define longjmp _longjmp
#endif

/* What the plugin defines, and what its bindings may use. */
void *cabi_realloc(void *block, size_t old_size, size_t align, size_t new_size);
_Noreturn void componium_fail(const char *message);
void *componium_representation(int32_t number);

static const struct componium_host *host;

static void start(const struct componium_host *given) {
    host = given;
}

/* Where a call that cannot go on is left: the innermost call of the host, since a destructor may run within another call. */
struct frame {
    jmp_buf jump;
    struct frame *outer;
};

static struct frame *innermost;
static const char *reason;

_Noreturn static void leave(void) {
    struct frame *frame = innermost;
    if (frame == NULL) abort(); /* in a constructor or a thread of the plugin: there is no call to end */
    innermost = frame->outer;
    longjmp(frame->jump, 1);
}

_Noreturn void componium_fail(const char *message) {
    size_t size = strlen(message) + 1;
    char *copy = malloc(size); /* the frame that owns the message goes; no call comes after this one */
    reason = copy == NULL ? "out of memory" : memcpy(copy, message, size);
    leave();
}

static const char *failure(void) {
    return reason;
}

/* The end of a thread runs nothing of the plugin, since its instance may be gone by then, and with it the host: as in a
 * component, thread-local variables have no destructors. (The system's function would also keep the library loaded.) */
#if defined(__linux__)
int __cxa_thread_atexit_impl(void (*destructor)(void *), void *object, void *library) {
    (void)destructor, (void)object, (void)library;
    return 0;
}
#elif defined(__APPLE__)
void _tlv_atexit(void (*destructor)(void *), void *object) {
    (void)destructor, (void)object;
}
#endif

/* ENTER begins a call of the host, which FAILED ends when it cannot go on; LEAVE ends one that succeeded. */
#define ENTER(FAILED) \
    struct frame frame; \
    frame.outer = innermost; \
    innermost = &frame; \
    if (setjmp(frame.jump) != 0) return FAILED
#define LEAVE() innermost = frame.outer

static void *allocate(void *block, size_t old_size, size_t align, size_t new_size) {
    ENTER(NULL);
    void *allocated = cabi_realloc(block, old_size, align, new_size);
    LEAVE();
    return allocated;
}

static inline void call_host(uint32_t import, uint64_t *values) {
    if (host->call(host->context, import, values) != 0) leave();
}

/* Core values travel as 64 bits: integers and pointers in the low ones, floats bit by bit. */
static inline uint64_t from_int32_t(int32_t value) { return (uint32_t)value; }
static inline uint64_t from_int64_t(int64_t value) { return (uint64_t)value; }
static inline uint64_t from_size_t(size_t value) { return value; }
static inline uint64_t from_pointer(const void *value) { return (uintptr_t)value; }

static inline uint64_t from_float(float value) {
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static inline uint64_t from_double(double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static inline int32_t to_int32_t(uint64_t value) { return (int32_t)value; }
static inline int64_t to_int64_t(uint64_t value) { return (int64_t)value; }
static inline size_t to_size_t(uint64_t value) { return (size_t)value; }
static inline uint8_t *to_pointer(uint64_t value) { return (uint8_t *)(uintptr_t)value; }

static inline float to_float(uint64_t value) {
    uint32_t bits = (uint32_t)value;
    float number;
    memcpy(&number, &bits, sizeof number);
    return number;
}

static inline double to_double(uint64_t value) {
    double number;
    memcpy(&number, &value, sizeof number);
    return number;
}

/* Representations of resources: the host has room for 32 bits, so it gets the place of the pointer in this table, counted
 * from 1. Free places are linked: each holds the number of the next, 0 at the end. */
union place {
    void *pointer;
    uintptr_t next;
};

static union place *places;
static uint32_t place_count;
static uint32_t free_place;

static void grow(void) {
    uint32_t count = place_count == 0 ? 16 : place_count * 2;
    union place *grown = count > INT32_MAX ? NULL : realloc(places, count * sizeof *places);
    if (grown == NULL) componium_fail("out of memory for resources");
    for (uint32_t i = place_count; i < count; i++) grown[i].next = i + 1 < count ? i + 2 : 0;
    free_place = place_count + 1;
    places = grown;
    place_count = count;
}

static inline int32_t keep(void *pointer) {
    if (free_place == 0) grow();
    uint32_t number = free_place;
    free_place = (uint32_t)places[number - 1].next;
    places[number - 1].pointer = pointer;
    return (int32_t)number;
}

void *componium_representation(int32_t number) {
    return places[number - 1].pointer;
}

static inline void *forget(int32_t number) {
    void *pointer = componium_representation(number);
    places[number - 1].next = free_place;
    free_place = (uint32_t)number;
    return pointer;
}

static inline uint64_t from_representation(void *pointer) { return from_int32_t(keep(pointer)); }
static inline uint8_t *to_representation(uint64_t value) { return componium_representation(to_int32_t(value)); }
static inline uint8_t *to_ended(uint64_t value) { return forget(to_int32_t(value)); }
