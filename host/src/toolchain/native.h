#include <stddef.h>
#include <stdint.h>

/* What the host gives to the library, before the first call. */
struct componium_host {
    void *context;
    /* Calls import number `import`: arguments in `values`, result in `values[0]`. 0, or 1 where the call must end. */
    int32_t (*call)(void *context, uint32_t import, uint64_t *values);
};

struct componium_export {
    const char *name; /* as a core export */
    /* Arguments in `values`, result in `values[0]`; 0, or 1 where the call was ended. */
    int32_t (*call)(uint64_t *values);
};

struct componium_import {
    const char *module, *name; /* as a core import */
};

struct componium_plugin {
    uint32_t abi;       /* 1: the version of the page */
    uint32_t pointer;   /* sizeof(void *) */
    const char *digest; /* SHA-256 of the world, in hexadecimal */
    uint32_t export_count, import_count;
    const struct componium_export *exports;
    const struct componium_import *imports;
    /* The allocator; NULL where there is no memory. */
    void *(*realloc)(void *block, size_t old_size, size_t align, size_t new_size);
    /* Once, before the first call; keeps the pointer. */
    void (*start)(const struct componium_host *host);
    /* Why the guest ended the last call itself, as a panic does; NULL if it did not. */
    const char *(*failure)(void);
};

/* The only symbol that the library shows. */
extern const struct componium_plugin componium_plugin;
