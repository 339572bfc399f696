#include "png_session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Each block is preceded by its size. 16 bytes keep malloc's alignment.
#define BLOCK_HEADER 16

void png_session_init(png_session *session, uint64_t memory_limit, char *message) {
    memset(session, 0, sizeof *session);
    session->message = message;
    session->memory_limit = memory_limit;
    message[0] = 0;
}

static void keep_message(png_session *session, const char *words) {
    snprintf(session->message, WAGGLE_IMAGE_MESSAGE_SIZE, "%s", words);
}

/// Keeps libpng's words with how many bytes of the file it has taken: those of the compressed data it takes 2 KiB at a
/// time.
static void keep_fault(png_session *session, const char *words) {
    if (session->file == NULL) {
        keep_message(session, words);
    } else {
        snprintf(
            session->message, WAGGLE_IMAGE_MESSAGE_SIZE, "%s (byte %zu)", words,
            (size_t)(*session->position - session->file));
    }
}

void png_session_error(png_structp png, png_const_charp words) {
    png_session *session = png_get_error_ptr(png);
    // Out of budget stays out of budget, whatever libpng makes of the null pointer.
    if (session->status == WAGGLE_IMAGE_OK) {
        session->status = WAGGLE_IMAGE_DAMAGED;
        keep_fault(session, words);
    }
    png_longjmp(png, 1);
}

void png_session_fail(png_structp png, waggle_image_status status, const char *words) {
    png_session *session = png_get_error_ptr(png);
    session->status = status;
    keep_message(session, words);
    png_longjmp(png, 1);
}

void png_session_warning(png_structp png, png_const_charp words) {
    // Chunks that cannot change a pixel are skipped unread, so a warning is about the image: too little or
    // too much data, a damaged palette. No file of PngSuite but its deliberately broken ones raises any.
    png_session *session = png_get_error_ptr(png);
    session->warnings++;
    if (session->status == WAGGLE_IMAGE_OK) {
        session->status = WAGGLE_IMAGE_DAMAGED;
        keep_fault(session, words);
    }
}

png_voidp png_session_malloc(png_structp png, png_alloc_size_t size) {
    png_session *session = png_get_mem_ptr(png);
    if (size > session->memory_limit - session->memory_used || size > SIZE_MAX - BLOCK_HEADER) {
        if (session->status == WAGGLE_IMAGE_OK) {
            session->status = WAGGLE_IMAGE_TOO_MUCH_MEMORY;
            keep_message(session, "libpng needs more memory than allowed");
        }
        return NULL;
    }
    uint8_t *block = malloc(size + BLOCK_HEADER);
    if (block == NULL) {
        return NULL;
    }
    memcpy(block, &size, sizeof size);
    session->memory_used += size;
    return block + BLOCK_HEADER;
}

void png_session_free(png_structp png, png_voidp pointer) {
    if (pointer == NULL) {
        return;
    }
    png_session *session = png_get_mem_ptr(png);
    uint8_t *block = (uint8_t *)pointer - BLOCK_HEADER;
    png_alloc_size_t size;
    memcpy(&size, block, sizeof size);
    session->memory_used -= size;
    free(block);
}

const char *waggle_png_version(void) {
    return png_get_libpng_ver(NULL);
}
