/** Whole-pipeline benchmarks, run by {@code ./lumbar bench}. */
@NullMarked
package io.lumbar.benchmarks;

import org.jspecify.annotations.NullMarked;
