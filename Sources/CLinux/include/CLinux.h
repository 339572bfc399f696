#ifndef WAGGLE_CLINUX_H
#define WAGGLE_CLINUX_H

/// syncfs(2): makes everything written to the file system of `descriptor` durable. 0, or -1 with errno set.
/// Swift's Glibc module leaves it out, as it is declared for _GNU_SOURCE only.
int waggle_syncfs(int descriptor);

/// renameat2(2) with RENAME_EXCHANGE: two paths of one file system change places in one step. 0, or -1 with errno set.
int waggle_exchange(const char *_Nonnull left, const char *_Nonnull right);

#endif
