/** Simulated wearers and the demo that lets their data run through the whole pipeline. */
@NullMarked
package io.lumbar.app.demo;

import org.jspecify.annotations.NullMarked;
