from books import place

__all__ = ["place"]
