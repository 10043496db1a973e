/** Parts that the integration tests of several modules share. */
@NullMarked
package io.lumbar.http.testing;

import org.jspecify.annotations.NullMarked;
