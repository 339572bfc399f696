#ifndef WAGGLE_CLINUX_H
#define WAGGLE_CLINUX_H

/// syncfs(2): makes everything written to the file system of `descriptor` durable. 0, or -1 with errno set.
/// Swift's Glibc module leaves it out, as it is declared for _GNU_SOURCE only.
int waggle_syncfs(int descriptor);

/// renameat2(2) with RENAME_EXCHANGE: two paths of one file system change places in one step. 0, or -1 with errno set.
int waggle_exchange(const char *_Nonnull left, const char *_Nonnull right);

/// Copies `count` bytes from `offset` of `source` to the position of `target`, inside the kernel where it can
/// (copy_file_range(2)), by reading and writing where it cannot. Bytes copied, fewer only where `source` ends before;
/// -1 with errno set.
long long waggle_copy_range(int source, long long offset, int target, long long count);

/// Has reads and writes of `descriptor` go past the kernel's cache (O_DIRECT), or through it again. 0, or -1 with errno
/// set: EINVAL where the file system cannot. Swift's Glibc module leaves O_DIRECT out, as it is declared for _GNU_SOURCE
/// only.
int waggle_set_direct(int descriptor, int is_direct);

/// Has malloc keep memory that was freed instead of handing it back to the system, which would clear it page by page
/// before it is used again.
void waggle_keep_freed_memory(void);

#endif
