"""What leaves the house or stays because a law says so: lists, papers, exports, holds."""
