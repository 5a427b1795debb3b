package io.twinspan.registry.node;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
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
            throw new IllegalArgumentException("the configuration has keys that nobody reads: " + new TreeSet<>(unknown)
                    + "; the sections are " + new TreeSet<>(SECTIONS));
        }
        if (!environment.getProperty("twinspan.logs", "").isBlank()) {
            environment.addActiveProfile("logs");
        }
        Map<String, Object> classic = ClassicKeys.translate(
                environment.getProperty(ClassicKeys.LOCAL_DATACENTER), environment.getProperty(ClassicKeys.META_NODE));
        if (!classic.isEmpty()) {
            environment.getPropertySources().addLast(new MapPropertySource("classic keys", classic));
        }
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
}
