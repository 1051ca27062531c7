#include "folder.h"

#include <string.h>

static const __wasi_rights_t READ = __WASI_RIGHTS_FD_READ | __WASI_RIGHTS_FD_READDIR;
static const __wasi_rights_t WRITE = __WASI_RIGHTS_FD_WRITE;
static const char SECRET[] = "secret";

__wasi_errno_t folder_open(const char *path, __wasi_fd_t *opened) {
    return __wasi_path_open(FOLDER, __WASI_LOOKUPFLAGS_SYMLINK_FOLLOW, path, 0, READ, READ, 0, opened);
}

__wasi_errno_t folder_open_to_write(const char *path, __wasi_oflags_t flags, __wasi_fd_t *opened) {
    return __wasi_path_open(FOLDER, __WASI_LOOKUPFLAGS_SYMLINK_FOLLOW, path, flags, WRITE, WRITE, 0, opened);
}

void folder_close(__wasi_fd_t opened) {
    if (__wasi_fd_close(opened) != __WASI_ERRNO_SUCCESS) __builtin_trap();
}

bool folder_is_secret(__wasi_fd_t file) {
    uint8_t content[sizeof SECRET - 1];
    __wasi_iovec_t into = {.buf = content, .buf_len = sizeof content};
    __wasi_size_t length = 0;
    return __wasi_fd_read(file, &into, 1, &length) == __WASI_ERRNO_SUCCESS && length == sizeof content &&
           memcmp(content, SECRET, length) == 0;
}
