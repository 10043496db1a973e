/** Data points of Open mHealth and IEEE 1752.1. */
@NullMarked
package io.lumbar.ingest.format.openmhealth;

import org.jspecify.annotations.NullMarked;
