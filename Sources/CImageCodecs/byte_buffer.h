// A growable output buffer shared by the encoders.

#ifndef WAGGLE_BYTE_BUFFER_H
#define WAGGLE_BYTE_BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct byte_buffer {
    uint8_t *data;
    size_t count;
    size_t capacity;
} byte_buffer;

/// Makes room for `more` bytes after `count`. False when memory is out; the buffer stays as it was.
bool byte_buffer_reserve(byte_buffer *buffer, size_t more);

/// Appends bytes. False when memory is out.
bool byte_buffer_append(byte_buffer *buffer, const uint8_t *bytes, size_t count);

#endif
