package io.twinspan.registry.node.session;

import java.util.HashMap;
import java.util.Map;

/**
 * Texts that many registrations have in common, zones and applications, each kept as one object: every message brings a copy of
 * its own. Forgets all when it is full, which costs memory and changes nothing. Belongs to the session's event loop.
 */
final class SharedTexts {
    static final int MOST = 4_096;

    private final Map<String, String> texts = new HashMap<>();

    String shared(String text) {
        if (texts.size() >= MOST && !texts.containsKey(text)) {
            texts.clear();
        }
        String before = texts.putIfAbsent(text, text);
        return before == null ? text : before;
    }
}
