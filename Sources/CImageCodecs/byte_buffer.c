#include "byte_buffer.h"

#include "CImageCodecs.h"

#include <stdlib.h>
#include <string.h>

bool byte_buffer_reserve(byte_buffer *buffer, size_t more) {
    if (buffer->capacity - buffer->count >= more) {
        return true;
    }
    if (more > SIZE_MAX / 2 - buffer->count) {
        return false;
    }
    size_t capacity = (buffer->count + more) * 2;
    uint8_t *data = realloc(buffer->data, capacity);
    if (data == NULL) {
        return false;
    }
    buffer->data = data;
    buffer->capacity = capacity;
    return true;
}

bool byte_buffer_append(byte_buffer *buffer, const uint8_t *bytes, size_t count) {
    if (count == 0) {
        return true;
    }
    if (!byte_buffer_reserve(buffer, count)) {
        return false;
    }
    memcpy(buffer->data + buffer->count, bytes, count);
    buffer->count += count;
    return true;
}

void waggle_image_bytes_free(waggle_image_bytes *bytes) {
    free(bytes->data);
    bytes->data = NULL;
    bytes->count = 0;
}
