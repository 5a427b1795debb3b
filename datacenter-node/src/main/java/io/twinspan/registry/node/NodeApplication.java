package io.twinspan.registry.node;

import io.twinspan.registry.node.http.HttpFrontDoor;
import io.twinspan.registry.node.http.HttpPorts;
import java.nio.file.Path;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/** The node's process: configuration in, roles up, HTTP open. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableConfigurationProperties(NodeProperties.class)
public class NodeApplication {
    /** Exit code for a configuration that is refused. */
    private static final int REFUSED = 2;

    /** Exit code for everything else that kept the node from starting. */
    private static final int FAILED = 1;

    /** Starts a node and stays until the process is told to end. */
    public static void main(String[] args) {
        SpringApplication application = new SpringApplication(NodeApplication.class);
        application.addListeners(new ConfigurationCheck());
        try {
            application.run(args);
        } catch (RuntimeException reported) {
            // Spring Boot has said what is wrong. Threads of what was started already must not keep the process.
            System.exit(isRefusal(reported) ? REFUSED : FAILED);
        }
    }

    // NodeLifecycle closes it.
    @Bean(destroyMethod = "")
    Node node(NodeProperties properties) {
        Path logs = properties.logs();
        if (logs != null && !logs.toString().isBlank()) {
            LogFolder.prepare(logs, properties.roles());
        }
        try {
            return Node.assemble(properties);
        } catch (IllegalArgumentException | IllegalStateException refused) {
            throw new NodeRefusedException(refused);
        }
    }

    @Bean
    NodeLifecycle nodeLifecycle(Node node) {
        return new NodeLifecycle(node);
    }

    @Bean
    HttpPorts httpPorts(Node node) {
        return new HttpPorts(node.httpEndpoints());
    }

    @Bean
    RouterFunction<ServerResponse> frontDoor(Node node) {
        return HttpFrontDoor.of(node.routes());
    }

    private static boolean isRefusal(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof NodeRefusedException) {
                return true;
            }
        }
        return false;
    }
}
