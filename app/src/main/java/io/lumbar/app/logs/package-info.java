/** Where log lines go. */
@NullMarked
package io.lumbar.app.logs;

import org.jspecify.annotations.NullMarked;
