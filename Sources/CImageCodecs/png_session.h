// What reading and writing PNG share: error handling and a memory budget.

#ifndef WAGGLE_PNG_SESSION_H
#define WAGGLE_PNG_SESSION_H

#include "CImageCodecs.h"

#include <png.h>

/// State of one call. It belongs to the caller of the function that calls setjmp, so that it is well
/// defined after a longjmp.
typedef struct png_session {
    waggle_image_status status;
    int32_t warnings;
    char *message;
    uint64_t memory_used;
    uint64_t memory_limit;
    /// The file that is read and what of it has been, so that an error can say where; null for a writer.
    const uint8_t *file;
    const uint8_t *const *position;
} png_session;

void png_session_init(png_session *session, uint64_t memory_limit, char *message);

/// Ends the libpng call with a status and words of our own; does not return.
PNG_NORETURN void png_session_fail(png_structp png, waggle_image_status status, const char *words);

// Callbacks for png_create_*_struct_2; error_ptr and mem_ptr are the session.
PNG_NORETURN void png_session_error(png_structp png, png_const_charp words);
void png_session_warning(png_structp png, png_const_charp words);
png_voidp png_session_malloc(png_structp png, png_alloc_size_t size);
void png_session_free(png_structp png, png_voidp pointer);

#endif
