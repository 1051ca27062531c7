/* The granted folder, by the system's own calls: libc would resolve paths before the host sees them. */
#ifndef FOLDER_H
#define FOLDER_H

#include <stdbool.h>
#include <wasi/api.h>

/* The first descriptor that a host hands over: the granted folder, if there is one. */
static const __wasi_fd_t FOLDER = 3;

/* Opens a path to read it, following a symlink at its end. */
__wasi_errno_t folder_open(const char *path, __wasi_fd_t *opened);

/* Opens a path to write to it, with flags such as __WASI_OFLAGS_CREAT. */
__wasi_errno_t folder_open_to_write(const char *path, __wasi_oflags_t flags, __wasi_fd_t *opened);

/* Closes what folder_open() opened. */
void folder_close(__wasi_fd_t opened);

/* Whether the file is the secret that lies outside. */
bool folder_is_secret(__wasi_fd_t file);

#endif
