/** What a wearer says, from HTTP to its topic. */
@NullMarked
package io.lumbar.ingest.statements;

import org.jspecify.annotations.NullMarked;
