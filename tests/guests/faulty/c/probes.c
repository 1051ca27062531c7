#define _DEFAULT_SOURCE /* clock_gettime() and getentropy(), also where the compiler is told to be strict */

#include "probes.h"

#include <errno.h>
#include <stdint.h>
#include <time.h>
#include <unistd.h>

static bool fail(struct componium_text *answer, const char *what, const char *argument) {
    componium_text_print(answer, "cannot %s '%s': %s", what, argument, strerror(errno));
    return false;
}

bool probe_open(const char *path, struct componium_text *answer) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) return fail(answer, "open", path);
    char start[200];
    size_t length = fread(start, 1, sizeof start, file);
    bool read = ferror(file) == 0;
    for (size_t i = 0; i < length; i++) {
        if ((uint8_t)start[i] >= 0x80) start[i] = '?';
    }
    if (read) {
        componium_text_append(answer, start, length);
    } else {
        fail(answer, "read", path);
    }
    fclose(file);
    return read;
}

bool probe_env(const char *name, struct componium_text *answer) {
    const char *value = getenv(name);
    if (value == NULL) {
        componium_text_print(answer, "no variable '%s'", name);
        return false;
    }
    componium_text_append(answer, value, strlen(value));
    return true;
}

bool probe_time(const char *argument, struct componium_text *answer) {
    (void)argument;
    struct timespec now;
    if (clock_gettime(CLOCK_REALTIME, &now) != 0) return fail(answer, "read", "clock");
    componium_text_print(answer, "%lld.%09ld", (long long)now.tv_sec, now.tv_nsec);
    return true;
}

bool probe_random(const char *argument, struct componium_text *answer) {
    (void)argument;
    uint8_t bytes[16];
    if (getentropy(bytes, sizeof bytes) != 0) return fail(answer, "read", "random bytes");
    for (size_t i = 0; i < sizeof bytes; i++) componium_text_print(answer, "%02x", bytes[i]);
    return true;
}

bool probe_print(const char *text, struct componium_text *answer) {
    if (puts(text) == EOF || fflush(stdout) != 0) return fail(answer, "print", text);
    componium_text_append(answer, text, strlen(text));
    return true;
}
