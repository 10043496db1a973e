/** Simulated wearers, whose days show what Lumbar does. */
@NullMarked
package io.lumbar.app.demo;

import org.jspecify.annotations.NullMarked;
