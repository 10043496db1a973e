/** Whose certificates servers that Lumbar connects to may show. */
@NullMarked
package io.lumbar.http.trust;

import org.jspecify.annotations.NullMarked;
