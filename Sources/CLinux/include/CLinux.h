#ifndef WAGGLE_CLINUX_H
#define WAGGLE_CLINUX_H

/// syncfs(2): makes everything written to the file system of `descriptor` durable. 0, or -1 with errno set.
/// Swift's Glibc module leaves it out, as it is declared for _GNU_SOURCE only.
int waggle_syncfs(int descriptor);

#endif
