/** Clocks that run at another pace than the wall's. */
@NullMarked
package io.lumbar.app.clock;

import org.jspecify.annotations.NullMarked;
