package io.twinspan.registry.node;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;

/**
 * Looks at the configuration before anything is made of it: refuses files with sections that nobody reads, and reads classic keys
 * as ours. Keys inside {@code twinspan} are checked where they are bound, see {@link NodeProperties}.
 */
final class ConfigurationCheck implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {
    /** After the files are read, before the logging system is set up from them. */
    private static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 15;

    /** Read by the configuration of the log files; see {@link LogFile}. */
    private static final String FIRST_ROLE = "log-files.first-role";

    private static final Set<String> SECTIONS = Set.of("twinspan", "nodes", "spring", "logging", "server", "debug");
    private static final Set<String> CLASSIC = Set.of(ClassicKeys.LOCAL_DATACENTER, ClassicKeys.META_NODE);

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        ConfigurableEnvironment environment = event.getEnvironment();
        List<String> unknown = new ArrayList<>();
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (source.getName().startsWith("Config resource") && source instanceof EnumerablePropertySource<?> file) {
                unknown.addAll(unknownKeys(Arrays.asList(file.getPropertyNames())));
            }
        }
        if (!unknown.isEmpty()) {
            throw new NodeRefusedException("the configuration has keys that nobody reads: " + new TreeSet<>(unknown)
                    + "; the sections are " + new TreeSet<>(SECTIONS));
        }
        if (!environment.getProperty("twinspan.logs", "").isBlank()) {
            environment.addActiveProfile("logs");
        }
        addClassicKeys(environment);
        NodeProperties properties = refuseWhatCannotWork(environment);
        environment
                .getPropertySources()
                .addLast(new MapPropertySource(
                        "log files",
                        Map.of(FIRST_ROLE, properties.roles().get(0).toLowerCase(Locale.ROOT))));
    }

    @Override
    public int getOrder() {
        return ORDER;
    }

    /** Those of the keys that belong to no section, and under {@code nodes} those that are not read. */
    static List<String> unknownKeys(List<String> keys) {
        return keys.stream()
                .filter(key -> {
                    String section = key.split("[.\\[]", 2)[0];
                    return !SECTIONS.contains(section) || (section.equals("nodes") && !CLASSIC.contains(key));
                })
                .toList();
    }

    private static void addClassicKeys(ConfigurableEnvironment environment) {
        try {
            Map<String, Object> classic = ClassicKeys.translate(
                    environment.getProperty(ClassicKeys.LOCAL_DATACENTER),
                    environment.getProperty(ClassicKeys.META_NODE));
            if (!classic.isEmpty()) {
                environment.getPropertySources().addLast(new MapPropertySource("classic keys", classic));
            }
        } catch (IllegalArgumentException wrong) {
            throw new NodeRefusedException(wrong);
        }
    }

    /** Binds and derives everything once, so that a mistake is one sentence before anything is started. */
    private static NodeProperties refuseWhatCannotWork(ConfigurableEnvironment environment) {
        try {
            NodeProperties properties = Binder.get(environment)
                    .bind(
                            "twinspan",
                            Bindable.of(NodeProperties.class),
                            new NoUnboundElementsBindHandler(BindHandler.DEFAULT, source -> true))
                    .orElseThrow(
                            () -> new IllegalArgumentException("twinspan.datacenter: the file names no datacenter"));
            properties.nodeRoles();
            properties.nodePorts();
            properties.topology();
            properties.resolverSettings();
            return properties;
        } catch (BindException unbound) {
            throw new NodeRefusedException(sentence(unbound), unbound);
        } catch (IllegalArgumentException wrong) {
            throw new NodeRefusedException(wrong);
        }
    }

    static String sentence(BindException failure) {
        if (failure.getCause() instanceof UnboundConfigurationPropertiesException unknown) {
            return unknown.getUnboundProperties().stream()
                            .map(property -> property.getName().toString())
                            .collect(Collectors.joining(", "))
                    + ": there is no such key";
        }
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return failure.getName() + ": " + root.getMessage();
    }
}
