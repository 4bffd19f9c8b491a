"""Pure pandas, from frame to frame: consolidate, compare, forecast, activities. Reads and writes nothing."""
