#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <stdio.h>
#include <unistd.h>

int waggle_syncfs(int descriptor) {
    return syncfs(descriptor);
}

int waggle_exchange(const char *left, const char *right) {
    return renameat2(AT_FDCWD, left, AT_FDCWD, right, RENAME_EXCHANGE);
}

long long waggle_copy_range(int source, long long offset, int target, long long count) {
    long long copied = 0;
    int in_kernel = 1;
    while (copied < count) {
        ssize_t step;
        if (in_kernel) {
            off64_t from = offset + copied;
            step = copy_file_range(source, &from, target, NULL, (size_t)(count - copied), 0);
            if (step < 0 && (errno == EXDEV || errno == EINVAL || errno == ENOSYS || errno == EOPNOTSUPP)) {
                in_kernel = 0;
                continue;
            }
        } else {
            char buffer[1 << 16];
            long long left = count - copied;
            ssize_t got = pread(source, buffer, left < (long long)sizeof buffer ? (size_t)left : sizeof buffer,
                                offset + copied);
            if (got <= 0) {
                if (got < 0 && errno == EINTR) continue;
                if (got < 0) return -1;
                break;
            }
            step = 0;
            while (step < got) {
                ssize_t written = write(target, buffer + step, (size_t)(got - step));
                if (written < 0) {
                    if (errno == EINTR) continue;
                    return -1;
                }
                step += written;
            }
        }
        if (step < 0) {
            if (errno == EINTR) continue;
            return -1;
        }
        if (step == 0) break;
        copied += step;
    }
    return copied;
}

int waggle_set_direct(int descriptor, int is_direct) {
    int flags = fcntl(descriptor, F_GETFL);
    if (flags < 0) return -1;
    return fcntl(descriptor, F_SETFL, is_direct ? flags | O_DIRECT : flags & ~O_DIRECT);
}

void waggle_keep_freed_memory(void) {
#ifdef __GLIBC__
    // Blocks of up to half a heap come from the heap, and its end stays. Setting one of these keeps glibc from adapting
    // the other.
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 256 << 20);
#endif
}
