package io.lumbar.app.simulation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Predicate;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** A processor's context that lets some values go no further. */
final class FilteringContext {
  private FilteringContext() {}

  @SuppressWarnings("unchecked") // the proxy implements what it is cast to
  static ProcessorContext<Object, Object> of(
      ProcessorContext<Object, Object> real, Predicate<Object> swallows) {
    return (ProcessorContext<Object, Object>)
        Proxy.newProxyInstance(
            FilteringContext.class.getClassLoader(),
            new Class<?>[] {ProcessorContext.class},
            (proxy, method, arguments) -> {
              boolean swallowed =
                  method.getName().equals("forward")
                      && swallows.test(((Record<?, ?>) arguments[0]).value());
              try {
                return swallowed ? null : method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
