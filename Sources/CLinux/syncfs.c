#define _GNU_SOURCE
#include "CLinux.h"

#include <unistd.h>

int waggle_syncfs(int descriptor) {
    return syncfs(descriptor);
}
