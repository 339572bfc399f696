// libjpeg's error handling for this shim: no exit, no output, longjmp inside C only.

#ifndef WAGGLE_JPEG_ERRORS_H
#define WAGGLE_JPEG_ERRORS_H

// jpeglib.h needs FILE and size_t declared first.
#include <stddef.h>
#include <stdio.h>

#include <jpeglib.h>

#include "CImageCodecs.h"

#include <setjmp.h>

/// `manager` is first, so that libjpeg's `cinfo->err` points at this struct too.
typedef struct jpeg_errors {
    struct jpeg_error_mgr manager;
    jmp_buf on_error;
    waggle_image_status status;
    int32_t warnings;
    char *message;
    /// The file that is decoded, so that an error can say where; null for an encoder.
    const uint8_t *file;
    size_t file_size;
} jpeg_errors;

/// Fills `errors` and returns what goes into `cinfo.err`. `message` outlives the codec object.
struct jpeg_error_mgr *jpeg_errors_init(jpeg_errors *errors, char *message);

/// Ends the codec call with a status and words of our own; does not return.
void jpeg_errors_fail(j_common_ptr cinfo, waggle_image_status status, const char *words);

#endif
