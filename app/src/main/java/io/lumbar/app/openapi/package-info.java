/** The description of the HTTP API that other programs read. */
@NullMarked
package io.lumbar.app.openapi;

import org.jspecify.annotations.NullMarked;
