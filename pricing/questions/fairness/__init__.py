"""Who fares how under a price, group by group: reported by protected characteristic, never priced by one."""
