/** Whether the parts of a process work, for people, load balancers and Prometheus. */
@NullMarked
package io.lumbar.app.health;

import org.jspecify.annotations.NullMarked;
