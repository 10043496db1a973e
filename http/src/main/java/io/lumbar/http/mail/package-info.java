/** E-mail to wearers, by the mail server of whoever runs Lumbar. */
@NullMarked
package io.lumbar.http.mail;

import org.jspecify.annotations.NullMarked;
