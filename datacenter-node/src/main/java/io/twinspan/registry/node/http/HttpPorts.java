package io.twinspan.registry.node.http;

import io.twinspan.registry.datacenter.Endpoint;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.apache.catalina.connector.Connector;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/** Lets the one web server of the process listen on several ports. */
public final class HttpPorts implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
    /** Threads that answer HTTP, of all ports together. */
    private static final int MAX_THREADS = 32;

    /** Largest request body that is read in whole, in bytes. */
    private static final int MAX_BODY = 4 * 1024 * 1024;

    private final List<Endpoint> bound;

    /** @param bound where to listen; at least one */
    public HttpPorts(List<Endpoint> bound) {
        this.bound = List.copyOf(bound);
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        Endpoint first = bound.get(0);
        factory.setPort(first.port());
        try {
            factory.setAddress(InetAddress.getByName(first.host()));
        } catch (UnknownHostException unknown) {
            throw new IllegalArgumentException("twinspan.bind: there is no address '" + first.host() + "'", unknown);
        }
        factory.addConnectorCustomizers(HttpPorts::limit);
        for (Endpoint more : bound.subList(1, bound.size())) {
            Connector connector = new Connector(TomcatServletWebServerFactory.DEFAULT_PROTOCOL);
            connector.setPort(more.port());
            connector.setProperty("address", more.host());
            limit(connector);
            factory.addAdditionalConnectors(connector);
        }
    }

    private static void limit(Connector connector) {
        connector.setProperty("maxThreads", Integer.toString(MAX_THREADS));
        connector.setProperty("minSpareThreads", "2");
        connector.setMaxPostSize(MAX_BODY);
    }
}
