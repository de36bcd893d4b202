"""What fills the demonstration beyond its returns, room by room."""
