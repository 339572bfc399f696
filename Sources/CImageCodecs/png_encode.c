// PNG encoding: palette tiles and 8-bit RGB. Nothing but IHDR, PLTE, tRNS, IDAT, IEND is written, so equal
// pixels give equal bytes (with the same zlib).

#include "byte_buffer.h"
#include "png_session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COMPRESSION_LEVEL 9

typedef struct encoder {
    png_session session;
    byte_buffer buffer;
    png_structp png;
    png_infop info;
    png_color colours[256];
    png_byte alphas[256];
    int alpha_count;
} encoder;

typedef struct raster {
    const uint8_t *samples;
    uint32_t width, height;
    size_t channels;
    int colour_count;  // 0: RGB
} raster;

static void write_bytes(png_structp png, png_bytep bytes, size_t count) {
    encoder *encoder = png_get_io_ptr(png);
    if (!byte_buffer_append(&encoder->buffer, bytes, count)) {
        png_session_fail(png, WAGGLE_IMAGE_TOO_MUCH_MEMORY, "no memory for the output");
    }
}

static void flush_bytes(png_structp png) {
    (void)png;
}

static waggle_image_status encode(encoder *encoder, const raster *raster) {
    encoder->png = png_create_write_struct_2(
        PNG_LIBPNG_VER_STRING, &encoder->session, png_session_error, png_session_warning,
        &encoder->session, png_session_malloc, png_session_free);
    if (encoder->png == NULL) {
        return WAGGLE_IMAGE_TOO_MUCH_MEMORY;
    }
    png_structp png = encoder->png;
    if (setjmp(png_jmpbuf(png)) != 0) {
        png_destroy_write_struct(&encoder->png, &encoder->info);
        return encoder->session.status;
    }
    encoder->info = png_create_info_struct(png);
    if (encoder->info == NULL) {
        png_session_fail(png, WAGGLE_IMAGE_TOO_MUCH_MEMORY, "no memory for libpng");
    }
    // PNG's own limit; libpng's default is a million.
    png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
    png_set_write_fn(png, encoder, write_bytes, flush_bytes);
    png_set_compression_level(png, COMPRESSION_LEVEL);
    int palette = raster->colour_count > 0;
    png_set_filter(png, PNG_FILTER_TYPE_BASE, palette ? PNG_FILTER_NONE : PNG_ALL_FILTERS);
    png_set_IHDR(
        png, encoder->info, raster->width, raster->height, 8,
        palette ? PNG_COLOR_TYPE_PALETTE : PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
        PNG_COMPRESSION_TYPE_BASE, PNG_FILTER_TYPE_BASE);
    if (palette) {
        png_set_PLTE(png, encoder->info, encoder->colours, raster->colour_count);
        if (encoder->alpha_count > 0) {
            png_set_tRNS(png, encoder->info, encoder->alphas, encoder->alpha_count, NULL);
        }
    }
    png_write_info(png, encoder->info);
    size_t stride = (size_t)raster->width * raster->channels;
    for (uint32_t y = 0; y < raster->height; y++) {
        png_write_row(png, raster->samples + stride * y);
    }
    png_write_end(png, NULL);
    png_destroy_write_struct(&encoder->png, &encoder->info);
    return encoder->session.status;
}

static waggle_image_status encode_to(
    encoder *encoder, const raster *raster, waggle_image_bytes *out, char *message) {
    png_session_init(&encoder->session, UINT64_MAX, message);
    out->data = NULL;
    out->count = 0;
    if (raster->width == 0 || raster->height == 0) {
        snprintf(message, WAGGLE_IMAGE_MESSAGE_SIZE, "width and height must be above 0");
        return WAGGLE_IMAGE_BAD_ARGUMENT;
    }
    waggle_image_status status = encode(encoder, raster);
    if (status != WAGGLE_IMAGE_OK) {
        free(encoder->buffer.data);
        return status;
    }
    out->data = encoder->buffer.data;
    out->count = encoder->buffer.count;
    return WAGGLE_IMAGE_OK;
}

waggle_image_status waggle_png_encode_palette(
    const uint8_t *indices, uint32_t width, uint32_t height, const uint8_t *palette,
    uint32_t palette_count, waggle_image_bytes *out, char *message) {
    if (palette_count == 0 || palette_count > 256) {
        out->data = NULL;
        out->count = 0;
        snprintf(message, WAGGLE_IMAGE_MESSAGE_SIZE, "a palette has 1 to 256 colours");
        return WAGGLE_IMAGE_BAD_ARGUMENT;
    }
    encoder encoder_state;
    memset(&encoder_state, 0, sizeof encoder_state);
    for (uint32_t i = 0; i < palette_count; i++) {
        encoder_state.colours[i] = (png_color){palette[4 * i], palette[4 * i + 1], palette[4 * i + 2]};
        encoder_state.alphas[i] = palette[4 * i + 3];
        if (palette[4 * i + 3] != 255) {
            encoder_state.alpha_count = (int)i + 1;
        }
    }
    raster raster = {indices, width, height, 1, (int)palette_count};
    return encode_to(&encoder_state, &raster, out, message);
}

waggle_image_status waggle_png_encode_rgb(
    const uint8_t *pixels, uint32_t width, uint32_t height, waggle_image_bytes *out, char *message) {
    encoder encoder_state;
    memset(&encoder_state, 0, sizeof encoder_state);
    raster raster = {pixels, width, height, 3, 0};
    return encode_to(&encoder_state, &raster, out, message);
}
