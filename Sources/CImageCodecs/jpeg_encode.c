// JPEG encoding, for sample drives and tests. libjpeg's own memory destination leaks its buffer when an
// error ends the call, so the destination is ours.

#include "byte_buffer.h"
#include "jpeg_errors.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_BUFFER_SIZE 65536

typedef struct encoder {
    struct jpeg_compress_struct cinfo;
    jpeg_errors errors;
    struct jpeg_destination_mgr destination;
    byte_buffer buffer;
} encoder;

static void offer_free_space(encoder *encoder) {
    if (!byte_buffer_reserve(&encoder->buffer, FIRST_BUFFER_SIZE)) {
        jpeg_errors_fail(
            (j_common_ptr)&encoder->cinfo, WAGGLE_IMAGE_TOO_MUCH_MEMORY, "no memory for the output");
    }
    encoder->destination.next_output_byte = encoder->buffer.data + encoder->buffer.count;
    encoder->destination.free_in_buffer = encoder->buffer.capacity - encoder->buffer.count;
}

static void init_destination(j_compress_ptr cinfo) {
    offer_free_space((encoder *)cinfo->client_data);
}

static boolean empty_output_buffer(j_compress_ptr cinfo) {
    // libjpeg calls this only when the space is used up, whatever free_in_buffer says.
    encoder *encoder = cinfo->client_data;
    encoder->buffer.count = encoder->buffer.capacity;
    offer_free_space(encoder);
    return TRUE;
}

static void term_destination(j_compress_ptr cinfo) {
    encoder *encoder = cinfo->client_data;
    encoder->buffer.count = encoder->buffer.capacity - encoder->destination.free_in_buffer;
}

/// All libjpeg calls. `encoder` belongs to the caller, so that it is well defined after a longjmp.
static waggle_image_status encode(
    encoder *encoder, const uint8_t *pixels, uint32_t width, uint32_t height, int32_t channels,
    int32_t quality, int32_t progressive, const uint8_t *app1, size_t app1_count) {
    j_compress_ptr cinfo = &encoder->cinfo;
    if (setjmp(encoder->errors.on_error) != 0) {
        jpeg_destroy_compress(cinfo);
        return encoder->errors.status;
    }
    jpeg_create_compress(cinfo);
    cinfo->client_data = encoder;
    encoder->destination.init_destination = init_destination;
    encoder->destination.empty_output_buffer = empty_output_buffer;
    encoder->destination.term_destination = term_destination;
    cinfo->dest = &encoder->destination;
    cinfo->image_width = width;
    cinfo->image_height = height;
    cinfo->input_components = channels;
    cinfo->in_color_space = channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
    jpeg_set_defaults(cinfo);
    cinfo->dct_method = JDCT_ISLOW;  // The only method that is equal on every machine.
    jpeg_set_quality(cinfo, quality, TRUE);
    if (progressive) {
        jpeg_simple_progression(cinfo);
    }
    jpeg_start_compress(cinfo, TRUE);
    if (app1 != NULL) {
        jpeg_write_marker(cinfo, JPEG_APP0 + 1, app1, (unsigned int)app1_count);
    }
    size_t stride = (size_t)width * (size_t)channels;
    while (cinfo->next_scanline < height) {
        // libjpeg's row type is not const, but an encoder does not write to it.
        JSAMPROW row = (JSAMPROW)(uintptr_t)(pixels + stride * cinfo->next_scanline);
        jpeg_write_scanlines(cinfo, &row, 1);
    }
    jpeg_finish_compress(cinfo);
    jpeg_destroy_compress(cinfo);
    return WAGGLE_IMAGE_OK;
}

waggle_image_status waggle_jpeg_encode(
    const uint8_t *pixels, uint32_t width, uint32_t height, int32_t channels, int32_t quality,
    int32_t progressive, const uint8_t *app1, size_t app1_count, waggle_image_bytes *out,
    char *message) {
    out->data = NULL;
    out->count = 0;
    message[0] = 0;
    if (width == 0 || height == 0 || (channels != 1 && channels != 3) || app1_count > 65533) {
        snprintf(message, WAGGLE_IMAGE_MESSAGE_SIZE, "bad size, channels or APP1 length");
        return WAGGLE_IMAGE_BAD_ARGUMENT;
    }
    encoder encoder_state;
    memset(&encoder_state, 0, sizeof encoder_state);
    encoder_state.cinfo.err = jpeg_errors_init(&encoder_state.errors, message);
    waggle_image_status status = encode(
        &encoder_state, pixels, width, height, channels, quality, progressive, app1, app1_count);
    if (status != WAGGLE_IMAGE_OK) {
        free(encoder_state.buffer.data);
        return status;
    }
    out->data = encoder_state.buffer.data;
    out->count = encoder_state.buffer.count;
    return WAGGLE_IMAGE_OK;
}

#define TEXT_OF(tokens) #tokens
#define VERSION_TEXT(version) TEXT_OF(version)

const char *waggle_jpeg_version(void) {
#ifdef LIBJPEG_TURBO_VERSION
    return VERSION_TEXT(LIBJPEG_TURBO_VERSION);
#else
    return "unknown";
#endif
}
