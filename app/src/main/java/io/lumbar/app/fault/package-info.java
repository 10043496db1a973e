/** What a person did that cannot work, as a sentence. */
@NullMarked
package io.lumbar.app.fault;

import org.jspecify.annotations.NullMarked;
