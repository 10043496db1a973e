/** What crosses a topic or a store: records, units, codecs, the topic table, the partitioner. */
@NullMarked
package io.lumbar.model;

import org.jspecify.annotations.NullMarked;
