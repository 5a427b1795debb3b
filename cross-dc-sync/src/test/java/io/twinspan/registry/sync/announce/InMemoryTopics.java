package io.twinspan.registry.sync.announce;

import io.twinspan.registry.datacenter.DatacenterId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Topics of several datacenters in memory; each channel is told what is written from when it joins. */
public final class InMemoryTopics {
    private final Map<DatacenterId, List<Announcement>> topics = new HashMap<>();
    private final List<InMemoryAnnouncementChannel> channels = new ArrayList<>();

    /** A channel of one datacenter that reads these peers. */
    public InMemoryAnnouncementChannel channel(DatacenterId own, Set<DatacenterId> peers) {
        return new InMemoryAnnouncementChannel(this, own, peers);
    }

    /** All changes a datacenter has written. */
    public synchronized List<Changed> written(DatacenterId datacenter) {
        return topics.getOrDefault(datacenter, List.of()).stream()
                .filter(Changed.class::isInstance)
                .map(Changed.class::cast)
                .toList();
    }

    /** All summaries a datacenter has written. */
    public synchronized List<Summary> summaries(DatacenterId datacenter) {
        return topics.getOrDefault(datacenter, List.of()).stream()
                .filter(Summary.class::isInstance)
                .map(Summary.class::cast)
                .toList();
    }

    /** All parts of whole slots a datacenter has written. */
    public synchronized List<Full> fulls(DatacenterId datacenter) {
        return topics.getOrDefault(datacenter, List.of()).stream()
                .filter(Full.class::isInstance)
                .map(Full.class::cast)
                .toList();
    }

    /** Puts something into a topic as if its datacenter had written it. */
    public synchronized void write(DatacenterId topic, Announcement announcement) {
        topics.computeIfAbsent(topic, name -> new ArrayList<>()).add(announcement);
        channels.forEach(channel -> channel.deliver(topic, List.of(announcement)));
    }

    synchronized void ask(Pull pull) {
        channels.forEach(channel -> channel.deliver(pull));
    }

    synchronized void join(InMemoryAnnouncementChannel channel) {
        channels.add(channel);
    }

    synchronized void leave(InMemoryAnnouncementChannel channel) {
        channels.remove(channel);
    }
}
